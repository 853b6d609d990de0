/** What an entry says of a request over a quota, as users of AWS saw it. */
export const throttled = { reason: 'throttled' } as const;
