/** What a header's name is made of (RFC 9110 5.6.2). */
export const token: RegExp = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** What may stand in a header's value: no control characters but the tab (RFC 9110 5.5). */
export const fieldValue: RegExp = /^[\t\x20-\x7e\x80-\xff]*$/;
