import { IoTClient } from '@aws-sdk/client-iot';
import type { CertificateHolders, DefenderFindings } from '../../domain/defender/defender-ports.ts';
import { createIotDefenderFindings } from '../iot/defender-findings.ts';
import { createIotRegistryReads } from '../iot/registry-reads.ts';

/** What findings of audits are read with. */
export const openDefenderPorts = (prefix: string): { readonly findings: DefenderFindings; readonly holders: CertificateHolders } => {
  const iot = new IoTClient();
  return { findings: createIotDefenderFindings(iot), holders: createIotRegistryReads(iot, prefix) };
};
