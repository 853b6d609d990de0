import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod/mini';

/** The ARN of whoever's credentials these are, e.g. `arn:aws:sts::111122223333:assumed-role/Operator/ann`. */
export const readOperatorArn = async (client: STSClient): Promise<string> => {
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  return z.parse(z.string(), Arn);
};
