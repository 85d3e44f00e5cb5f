import { connect } from 'holdfast';
import { deliver, delivery, deliveryStore } from 'holdfast/delivery';

const client = connect('wss://example.org/live', { delivery: delivery({ store: deliveryStore('orders') }) });
await deliver(client, 'order 66'); // the server has it, whatever the line did meanwhile
