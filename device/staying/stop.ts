import type { Admission } from '../connection/entrance.ts';

/** The admission, or that the device is to leave; one that comes too late is given up. */
export const ifNot = async (stop: AbortSignal, admission: Promise<Admission>): Promise<Admission | 'stopped'> => {
  const stopped = whenStopped(stop);
  const first = await Promise.race([admission, stopped.promise]).finally(stopped.forget);
  if (first === 'stopped') void admission.then(({ session }) => session.close()).catch(() => undefined);
  return first;
};

/** A promise that the signal keeps, until it is of no concern any more. */
export const whenStopped = (stop: AbortSignal): { readonly promise: Promise<'stopped'>; readonly forget: () => void } => {
  const { promise, resolve } = Promise.withResolvers<'stopped'>();
  const listener = () => {
    resolve('stopped');
  };
  if (stop.aborted) listener();
  else stop.addEventListener('abort', listener);
  return {
    promise,
    forget: () => {
      stop.removeEventListener('abort', listener);
    },
  };
};
