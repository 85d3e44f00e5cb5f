/** In a process of the bench: says hello, answers each order with one message, and ends when it is let go. */
export function answerOrders(hello: object, answer: (order: never) => object | Promise<object>): void {
  process.on('message', (order: unknown) => {
    // What is thrown ends the process, which who asked hears of.
    void Promise.resolve(answer(order as never)).then((answered) => process.send?.(answered));
  });
  process.on('disconnect', () => process.exit());
  process.send?.(hello);
}
