import { describeIssues, type SchemaResult, type StandardSchema } from '../codec/standard-schema.ts';
import { HoldfastError, type SchemaIssue } from '../errors.ts';

/** What a schema says of a value; without a schema any is right. */
export function validate(
  schema: StandardSchema | undefined,
  value: unknown,
): SchemaResult<unknown> | Promise<SchemaResult<unknown>> {
  return schema ? schema['~standard'].validate(value) : { value };
}

/** The error for a value that is not as declared. */
export function invalid(
  code: 'rpc-invalid-params' | 'rpc-invalid-result',
  name: string,
  issues: readonly SchemaIssue[],
): HoldfastError {
  return new HoldfastError(code, `${name}: ${describeIssues(issues)}`, { issues });
}
