import { lineRotationsOf } from '../../../domain/configuration/configuration-line-settings.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { LineRotations } from '../../../domain/rotation/rotation-settings.ts';
import type { OperationResources } from '../operation-resources.ts';

/** How a line rotates. @throws OperationError where it does not. */
export const lineRotation = ({ configuration }: Pick<OperationResources, 'configuration'>, wanted: LineName): LineRotations[number] => {
  const found = lineRotationsOf(configuration).find(({ line }) => line === wanted);
  if (found !== undefined) return found;
  throw new OperationError('ERR_CONFLICT', `The line "${wanted}" rotates nothing: deploy it with \`rotation\` in its configuration first.`);
};
