import { type Check, ok } from './check.ts';

/** Whose account this is. */
export const credentials: Check = {
  name: 'credentials',
  phases: ['before', 'after'],
  async run({ account }) {
    const { accountId, arn, region } = await account.caller();
    return [ok(`account ${accountId}, region ${region}, as ${arn}`)];
  },
};
