import { AwsError } from '../../aws-error.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';

/**
 * Refuses to create what exists. The create operations of things, thing types and groups succeed when repeated, so that
 * CloudFormation asks first: it must not take over what another stack or a person made.
 */
export const refuseExisting = async (
  client: ControlPlaneClient,
  describe: string,
  { type, member, name }: { readonly type: string; readonly member: string; readonly name: string },
): Promise<void> => {
  try {
    await client.call(describe, { [member]: name });
  } catch (thrown) {
    if (thrown instanceof AwsError && thrown.code === 'ResourceNotFoundException') return;
    throw thrown;
  }
  throw new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${name}' already exists.`);
};
