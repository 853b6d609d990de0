import { ACCOUNT_TRAIL_TYPE } from '../../domain/audit/sources/account-settings.ts';
import { type Check, type DoctorContext, type Finding, note, ok, problem } from './check.ts';
import { isOfType } from './of-type.ts';

/** Whether CloudTrail records who changes what past Muster, so that it cannot be changed afterwards. */
export const trail: Check = {
  name: 'trail',
  phases: ['before', 'after'],
  run: async (context) => {
    const trails = await context.account.trails();
    const validated = trails.find(({ isValidated }) => isValidated);
    if (validated !== undefined) return [ok(`the trail "${validated.name}" records what is changed, with log-file validation`)];
    const [first] = trails;
    return first === undefined ? none(context) : [changeable(first.name)];
  },
};

const changeable = (name: string): Finding =>
  note(
    `the trail "${name}" has no log-file validation`,
    'Events `aws.called` are copies of what CloudTrail records: whoever may write to its bucket can change the original, and nothing shows.',
    `aws cloudtrail update-trail --name ${name} --enable-log-file-validation`,
  );

const LOST =
  'CloudTrail hands calls on only where a trail logs them: what somebody changes past Muster is in no event `aws.called`, and CloudTrail itself forgets it after ninety days.';

const none = async ({ configuration: { accountWide }, deployed }: DoctorContext): Promise<readonly Finding[]> => {
  const what = 'no trail records what is changed in this account';
  if (accountWide.trail === undefined)
    return [note(what, LOST, 'Write accountWide: { trail: "manage" }, or have whoever runs the account make one.')];
  const isDeployed = (await deployed.resources()).some(isOfType(ACCOUNT_TRAIL_TYPE));
  return [
    isDeployed ? problem(what, LOST, 'Somebody stopped or deleted it: have them start it again.') : ok('the deployment makes a trail'),
  ];
};
