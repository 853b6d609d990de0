import { authorityStackName, stackNames } from '../../domain/stack-names.ts';
import { type Check, type Finding, note, ok, problem } from './check.ts';

const DEPLOY = 'npx cdk deploy --all';

/** Whether every stack is there, and none is half done. */
export const stacks: Check = {
  name: 'stacks',
  phases: ['after'],
  async run({ configuration, deployed }) {
    const found = await deployed.stacks();
    const { prefix, certificateAuthority: authority } = configuration;
    const ofAuthority = authority !== undefined && authority.arn === undefined ? [authorityStackName(prefix)] : [];
    return [...Object.values(stackNames(prefix)), ...ofAuthority].map((name) => judge(name, found.get(name)?.status));
  },
};

const judge = (name: string, status: string | undefined): Finding => {
  if (status === undefined) return problem(`the stack ${name} is not there`, 'The others need it.', DEPLOY);
  if (status.endsWith('_IN_PROGRESS'))
    return note(`the stack ${name} is being changed (${status})`, 'What else is found may be gone soon.', 'Look again later.');
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(`the stack ${name} is complete`);
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return note(
      `the last change of the stack ${name} was taken back`,
      'It is as it was before; CloudFormation says what went wrong.',
      DEPLOY,
    );
  return problem(
    `the stack ${name} is not complete (${status})`,
    'CloudFormation could neither finish nor take back its last change.',
    `Read its events, then ${DEPLOY}`,
  );
};
