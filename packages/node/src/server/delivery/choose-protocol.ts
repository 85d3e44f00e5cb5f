import { appProtocol, deliveryProtocol, offer } from '@holdfast/core/delivery';

type Choice<Request> = readonly string[] | ((offered: readonly string[], request: Request) => string | undefined);

/** A choice among sub-protocols that takes delivery wherever it is offered, with the app's own behind it. */
export function withDelivery<Request>(choice: Choice<Request>): Choice<Request> {
  const choose = (offered: readonly string[], request: Request) =>
    typeof choice === 'function' ? choice(offered, request) : choice.find((name) => offered.includes(name));
  return (offered, request) => {
    const ours = offered.map(appProtocol).filter((name) => name !== undefined);
    if (ours.length === 0) return choose(offered, request);
    const apps = ours.filter((name) => name !== deliveryProtocol);
    const chosen = apps.length > 0 ? choose(apps, request) : undefined;
    if (chosen) return offer([chosen])[0];
    return offered.find((name) => name === deliveryProtocol);
  };
}
