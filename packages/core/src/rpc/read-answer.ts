import { HoldfastError } from '../errors.ts';
import { CallError } from './call-error.ts';
import type { Declaration } from './declare-api.ts';
import type { Envelope } from './envelope.ts';
import { chain } from './soon.ts';
import type { SchemaResult, StandardSchema } from '../codec/standard-schema.ts';
import { invalid, validate } from './validate.ts';

/** The result in an answer. Throws, or rejects, where it is an error or not as declared. */
export function resultOf(declaration: Declaration, name: string, envelope: Envelope): unknown {
  if (envelope.rpc === 'answer') {
    return chain(validate(declaration.result, envelope.result), (checked) => valueOf(checked, name));
  }
  return chain(failureOf(declaration, name, envelope), (error) => {
    throw error;
  });
}

/** The error in an answer that is no result. */
export function failureOf({ errors }: Declaration, name: string, envelope: Envelope): unknown {
  if (envelope.rpc !== 'error' || typeof envelope.error !== 'string') {
    return new HoldfastError('rpc-invalid-result', `${name}: ${envelope.rpc} in place of an answer`);
  }
  const { error, data } = envelope;
  const schema: StandardSchema | undefined = errors && Object.hasOwn(errors, error) ? errors[error] : undefined;
  return chain(validate(schema, data), (checked) => new CallError(error, valueOf(checked, name), name));
}

/** The value that a schema let through. Throws `rpc-invalid-result`. */
export function valueOf(checked: SchemaResult<unknown>, name: string): unknown {
  if (checked.issues) throw invalid('rpc-invalid-result', name, checked.issues);
  return checked.value;
}
