import type { ApproachDeployment } from '../../lib/approach-deployment.ts';
import { AuthorizerDomain } from '../../lib/connections/authorizer-domain.ts';
import { DeviceAuthorizer } from '../../lib/connections/device-authorizer.ts';
import { oauthSettingsOf } from './settings.ts';

/**
 * OAuth 2.0 by custom authorizer: one function that knows whom each line trusts, and asks issuers for their keys; and a host name for
 * devices that can name no authorizer, where the configuration wants one.
 */
export const deployOAuth: ApproachDeployment = (scope, foundation) => {
  const { settings, domain, reservedConcurrency } = oauthSettingsOf(foundation.configuration);
  const authorizer = new DeviceAuthorizer(scope, 'Authorizer', {
    ...{ foundation, reservedConcurrency },
    approach: 'oauth',
    inheritsTopics: true,
    description: 'Muster: lets devices in by tokens.',
    constants: { OAUTH_SETTINGS: JSON.stringify(settings) },
    // It reads enrollments and the keys that are kept, and writes both.
    tableActions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  });
  if (domain !== undefined) new AuthorizerDomain(scope, 'Domain', { foundation, approach: 'oauth', authorizer, domain });
};
