import type { Clock } from './clock.ts';
import type { Caller } from './gateway/api-service.ts';

/** Half of what a session lasts: nobody is handed one that is about to end. */
const reusedForMs = 1_800_000;

const maxSessions = 100;

/** Starts a role's session only when there is none that can be used again. Whoever asks for one knows that the role can still be assumed. */
export const reusedSessions = (clock: Clock, start: (roleArn: string) => Caller): ((roleArn: string) => Caller) => {
  const sessions = new Map<string, { readonly caller: Caller; readonly startedAt: number }>();
  return (roleArn) => {
    const known = sessions.get(roleArn);
    const now = clock.now();
    if (known !== undefined && now - known.startedAt < reusedForMs) return known.caller;
    if (sessions.size >= maxSessions) sessions.clear();
    const caller = start(roleArn);
    sessions.set(roleArn, { caller, startedAt: now });
    return caller;
  };
};
