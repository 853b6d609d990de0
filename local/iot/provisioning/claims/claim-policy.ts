import { arnOf, type Account } from '../../../account.ts';
import type { IotBehaviour } from '../../behaviour/behaviour.ts';

/** What a temporary claim may do, as the text of an AWS IoT policy. */
export const claimPolicy = (account: Account, behaviour: IotBehaviour, templateName: string): string => {
  const statements = Object.entries(behaviour['claim.permissions'])
    .filter(([, resources]) => resources.length > 0)
    .map(([action, resources]) => ({
      Effect: 'Allow',
      Action: action,
      Resource: resources.map((resource) => arnOf(account, 'iot', resource.replace('{template}', templateName))),
    }));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
};
