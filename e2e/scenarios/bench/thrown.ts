import { expect } from 'chai';
import { HoldfastError } from 'holdfast';

/** The HoldfastError that an act throws at once; fails when it throws none. */
export function thrownBy(act: () => unknown): HoldfastError {
  try {
    act();
  } catch (error) {
    expect(error, 'what was thrown').to.be.instanceOf(HoldfastError);
    return error as HoldfastError;
  }
  expect.fail('nothing was thrown');
}

/** What a promise rejects with; fails when it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  expect.fail('the promise resolved');
}
