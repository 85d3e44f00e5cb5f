import { type Codec, json, withSchemas } from 'holdfast/codec';
import * as v from 'valibot';

// #region own
/** Tab-separated fields. */
export const fields: Codec<string[], string[]> = {
  encode(values) {
    if (values.some((value) => value.includes('\t'))) throw new Error('a field has a tab in it');
    return values.join('\t');
  },
  decode(data) {
    if (typeof data !== 'string') throw new Error('fields are text');
    return data.split('\t');
  },
};

/** The same, with exactly two of them. */
export const pairs = withSchemas(fields, v.strictTuple([v.string(), v.string()]));
// #endregion own

// #region policy
export const strict = json(v.object({ celsius: v.number() }), {
  whenInvalid(error, data) {
    console.warn(error.code, error.issues, data.length);
    return error.code === 'decode-failed' ? 'close' : 'skip';
  },
});
// #endregion policy
