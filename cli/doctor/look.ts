import { explain } from '../explain-failure.ts';
import { type Finding, problem } from './check.ts';

const DENIED = /^(AccessDenied(Exception)?|AuthorizationError(Exception)?|Unauthorized(Exception|Operation)?|ForbiddenException)$/;

/** Looks at one thing. What cannot be seen is a finding of its own, so that nobody takes it for well. */
export const look = async (at: string, see: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> => {
  try {
    return await see();
  } catch (error) {
    return [unseen(at, error)];
  }
};

/** Looks at many things of a kind, a few at a time: most quotas of the control plane are some calls a second for a whole account. */
export const lookAtEach = async <Thing>(
  things: readonly Thing[],
  see: (thing: Thing) => { readonly at: string; readonly findings: () => Promise<readonly Finding[]> },
): Promise<readonly Finding[]> => {
  const found: (readonly Finding[])[] = [];
  for (let first = 0; first < things.length; first += AT_A_TIME) {
    const some = things.slice(first, first + AT_A_TIME).map(see);
    found.push(...(await Promise.all(some.map(({ at, findings }) => look(at, findings)))));
  }
  return found.flat();
};

const AT_A_TIME = 4;

const unseen = (at: string, error: unknown): Finding => {
  const said = explain(error).split('\n')[0] ?? '';
  if (!(error instanceof Error) || !DENIED.test(error.name))
    return problem(`cannot see ${at}`, said, 'Mend what stands in the way, and look again.');
  const action = /to perform: ([\w-]+:\w+)/.exec(error.message)?.[1];
  return problem(
    `cannot see ${at}: needs ${action ?? 'a permission that AWS does not name'}`,
    said,
    'Have whoever runs the account allow it, or let them run the doctor.',
  );
};
