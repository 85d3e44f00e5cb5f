import { workerTimers } from '@holdfast/web';

/** Answers how a timer ran in this page, whose policy forbids workers, and that a worker is really forbidden. */
async function runForbidden(): Promise<string[]> {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "worker-src 'none'";
  const told: string[] = [];
  const refused = new Promise<void>((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      told.push(effectiveDirective);
      resolve();
    });
  });
  document.head.append(policy);
  const { after } = workerTimers();
  after(20, () => told.push('cancelled'))();
  await new Promise<void>((resolve) => void after(20, resolve));
  await refused;
  await new Promise<void>((resolve) => void after(20, resolve));
  return told;
}

Object.assign(globalThis, { runForbidden });
