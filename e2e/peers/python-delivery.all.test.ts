import { describePythonDelivery } from './describe-python-delivery.ts';

await describePythonDelivery();
