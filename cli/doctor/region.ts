import { type Check, ok, problem } from './check.ts';

/** Whether AWS IoT is where these credentials point to. */
export const region: Check = {
  name: 'region',
  phases: ['before', 'after'],
  async run({ account }) {
    const endpoint = await account.iot.endpoint();
    return endpoint === ''
      ? [
          problem(
            'AWS IoT has no data endpoint here',
            'AWS IoT Core is not offered in every region.',
            'Choose a region that has it: AWS_REGION.',
          ),
        ]
      : [ok(`AWS IoT answers; devices connect to ${endpoint}`)];
  },
};
