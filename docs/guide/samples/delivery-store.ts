// #region store
import { connect } from 'holdfast';
import { delivery, deliveryStore } from 'holdfast/delivery';

const client = connect('wss://example.org/live', { delivery: delivery({ store: deliveryStore('chat') }) });
// #endregion store

client.on('open', ({ resumed }) => console.log('resumed', resumed));
client.send('kept until it is acknowledged');
