import { OperationError } from '../../domain/operation-error.ts';
import { type OperatorScope, reaches } from '../../domain/operator-scope.ts';

/** Demands that what is to be changed lies within the scope. */
export const demandReach = (scope: OperatorScope, what: Parameters<typeof reaches>[1]): void => {
  if (reaches(scope, what)) return;
  const beyond = what.line !== undefined && scope.lines?.includes(what.line) === false ? `line "${what.line}"` : 'that tenant';
  throw new OperationError('ERR_NOT_ALLOWED', `The scope "${scope.name}" does not reach ${beyond}; call in one that does.`);
};
