import type { ApproachDeployment } from '../../lib/approach-deployment.ts';
import { DeviceAuthorizer } from '../../lib/device-authorizer.ts';
import { oauthSettingsOf } from './settings.ts';

/** OAuth 2.0 by custom authorizer: one function that knows whom each line trusts, and asks issuers for their keys. */
export const deployOAuth: ApproachDeployment = (scope, foundation) => {
  const { settings, reservedConcurrency } = oauthSettingsOf(foundation.configuration);
  new DeviceAuthorizer(scope, 'Authorizer', {
    foundation,
    approach: 'oauth',
    description: 'Muster: lets devices in by tokens.',
    constants: { OAUTH_SETTINGS: JSON.stringify(settings) },
    reservedConcurrency,
    tableActions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  });
};
