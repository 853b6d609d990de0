import type { ApproachDeployment } from '../../lib/approach-deployment.ts';
import { DeviceAuthorizer, type DeviceAuthorizerProps } from '../../lib/connections/device-authorizer.ts';
import { TimeTopic } from '../../lib/connections/time-topic.ts';
import { type Built, buildTestApp } from '../setup/app.ts';

/** An approach that is an authorizer and the time, and nothing more. It has the name of one whose function there is. */
export const bareApproach =
  (more: Partial<DeviceAuthorizerProps> = {}): ApproachDeployment =>
  (scope, foundation) => {
    new DeviceAuthorizer(scope, 'Authorizer', {
      foundation,
      approach: 'psk',
      description: 'Muster: lets a device connect.',
      tableActions: ['dynamodb:GetItem'],
      ...more,
    });
    new TimeTopic(scope, 'Time', foundation);
  };

/** A deployment with a line that comes by it. */
export const withBare = (more: Partial<DeviceAuthorizerProps> = {}, configuration: object = {}): Built => ({
  configuration: { lines: [{ name: 'can', approaches: ['psk'] }], ...configuration },
  approaches: { psk: bareApproach(more) },
});

export const buildBare = (...built: Parameters<typeof withBare>) => buildTestApp(withBare(...built));
