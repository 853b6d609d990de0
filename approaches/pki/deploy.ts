import type { ApproachDeployment } from '../../lib/approach-deployment.ts';
import { CertificateProvider } from '../../lib/authority/certificate-provider.ts';
import { JustInTimeRegistration } from '../../lib/onboarding/just-in-time-registration.ts';
import { LineProvisioning } from '../../lib/onboarding/line-provisioning.ts';
import { PreProvisioningHook } from '../../lib/onboarding/pre-provisioning-hook.ts';
import { ProvisioningRole } from '../../lib/onboarding/provisioning-role.ts';
import { RecoveryAuthorizer } from '../../lib/connections/recovery-authorizer.ts';

/** X.509 by fleet provisioning: a hook that decides, a template per line that obeys it, and a way in for devices that bring a certificate of their vendor. */
export const deployPki: ApproachDeployment = (scope, foundation, lines) => {
  const hook = new PreProvisioningHook(scope, 'Hook', foundation);
  const role = new ProvisioningRole(scope, 'Provisioning', foundation.configuration.prefix);
  for (const line of lines) new LineProvisioning(scope, `Line-${line.name}`, { foundation, line, hook, role });
  const { authority } = foundation;
  if (authority !== undefined) new CertificateProvider(scope, 'CertificateProvider', { foundation, authority });
  new JustInTimeRegistration(scope, 'JustInTimeRegistration', foundation);
  const recovering = lines.filter(({ recovery }) => recovery === 'ticket');
  if (recovering.length > 0) new RecoveryAuthorizer(scope, 'Recovery', { foundation, lines: recovering });
};
