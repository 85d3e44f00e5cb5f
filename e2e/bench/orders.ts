/** In a process of the bench: says hello, answers each order with one message, and ends when it is let go. */
export function answerOrders<Order>(hello: object, answer: (order: Order) => object | Promise<object>): void {
  process.on('message', (order: Order) => {
    // What is thrown ends the process, which who asked hears of.
    void Promise.resolve(answer(order)).then((answered) => process.send?.(answered));
  });
  process.on('disconnect', () => process.exit());
  process.send?.(hello);
}
