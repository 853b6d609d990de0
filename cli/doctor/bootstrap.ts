import { type Check, note, ok, problem } from './check.ts';

/** Of the templates that the CDK makes (CDK Developer Guide, "Bootstrap template version history"). */
const NEEDED = 6;
/** From here on nobody but the account may read assets that a stranger's bucket of the same name could hold. */
const ADVISED = 21;

const ADVICE = 'npx cdk bootstrap';

/** Whether the CDK can deploy here at all. */
export const bootstrap: Check = {
  name: 'bootstrap',
  phases: ['before'],
  async run({ account }) {
    const version = await account.bootstrapVersion();
    if (version === undefined)
      return [problem('the CDK is not bootstrapped here', 'It deploys through roles and a bucket of its own.', ADVICE)];
    if (version < NEEDED) return [problem(`the CDK is bootstrapped in version ${version}`, `It needs version ${NEEDED}.`, ADVICE)];
    if (version < ADVISED)
      return [
        note(`the CDK is bootstrapped in version ${version}`, `From version ${ADVISED} on its bucket is safe from strangers.`, ADVICE),
      ];
    return [ok(`the CDK is bootstrapped in version ${version}`)];
  },
};
