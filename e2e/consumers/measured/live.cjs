/** A client and a server, both measured: prints how many messages each says it got. */
exports.live = async ({ serve, instrument, instrumentServer, MeterProvider, MetricReader, connect }) => {
  class Reader extends MetricReader {
    async onShutdown() {}
    async onForceFlush() {}
  }
  const reader = new Reader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('consumer');
  const server = await serve({ port: 0, host: '127.0.0.1' }, (connection) => {
    connection.on('message', ({ data }) => connection.send(data));
  });
  instrumentServer(server, { meter });
  const client = connect(`ws://127.0.0.1:${server.port}/`);
  instrument(client, { meter });
  const echoed = client.once('message');
  client.send('ahoy');
  await echoed;
  const { resourceMetrics } = await reader.collect();
  for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics[0].metrics) {
    if (descriptor.name.endsWith('.messages')) console.log(descriptor.name, ...dataPoints.map(({ value }) => value));
  }
  await client.close();
  await server.close();
};
