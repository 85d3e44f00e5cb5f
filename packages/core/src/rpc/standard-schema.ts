import { HoldfastError } from '../errors.ts';

/** A schema of any library that keeps Standard Schema, version 1: zod, valibot and others. */
export interface Schema<In = unknown, Out = In> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    /** Answers the value, perhaps changed, or what is wrong with it. */
    readonly validate: (value: unknown) => Validation<Out> | Promise<Validation<Out>>;
    /** For the compiler alone: what goes in, and what comes out. */
    readonly types?: { readonly input: In; readonly output: Out } | undefined;
  };
}

/** What a schema says of a value. */
export type Validation<Out> = { readonly value: Out; readonly issues?: undefined } | { readonly issues: Issues };

/** What is wrong with a value. */
export type Issues = readonly { readonly message: string }[];

/** What a schema says of a value; without a schema any is right. */
export function validate(
  schema: Schema | undefined,
  value: unknown,
): Validation<unknown> | Promise<Validation<unknown>> {
  return schema ? schema['~standard'].validate(value) : { value };
}

/** The error for a value that is not as declared. */
export function invalid(
  code: 'rpc-invalid-params' | 'rpc-invalid-result',
  name: string,
  issues: Issues,
): HoldfastError {
  return new HoldfastError(code, `${name}: ${issues.map(({ message }) => message).join('; ')}`);
}
