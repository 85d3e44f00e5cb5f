import { HoldfastError, type HoldfastErrorCode, type SchemaIssue, failOn } from '../errors.ts';

/** What a library that follows Standard Schema 1 calls a schema: zod, valibot, ArkType and others. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For the compiler alone. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value: the value as it sees it, or what is wrong. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** What a schema takes. */
export type InputOf<S extends StandardSchema> = NonNullable<S['~standard']['types']>['input'];

/** What a schema makes of that. */
export type OutputOf<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output'];

/** Throws `invalid-option` unless this is a schema of the version that is known here. */
export function checkSchema(name: string, schema: unknown): void {
  if ((schema as StandardSchema | null)?.['~standard']?.version !== 1)
    failOn('invalid-option', name, 'a Standard Schema, version 1');
}

/**
 * The value as the schema sees it. Throws an error of this code with the `issues` of one that it refuses, and
 * `invalid-option` for a schema that answers later: messages keep their order, and none waits for another's schema.
 */
export function validate(schema: StandardSchema, value: unknown, code: HoldfastErrorCode): unknown {
  const { validate: ask, vendor } = schema['~standard'];
  const result = ask(value);
  if ('then' in result) {
    // Nobody waits for it: it must not end the process.
    result.then(undefined, () => {});
    failOn('invalid-option', `a schema of ${vendor} that answers by a promise`, 'one that answers at once');
  }
  const { issues } = result;
  if (issues) throw new HoldfastError(code, describeIssues(issues), { issues });
  return result.value;
}

/** The first issues, for people, no longer than a line or two: the peer has its say in their paths. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  const text = issues
    .slice(0, 3)
    .map(({ message, path = [] }) => [...path.map(keyOf), message].join(': '))
    .join('; ');
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}

function keyOf(step: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof step === 'object' ? step.key : step);
}
