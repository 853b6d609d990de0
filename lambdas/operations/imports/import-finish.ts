import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { devicesImportFinish } from '../../../domain/operations/devices-import-finish.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { manifestKey } from './manifest-key.ts';

/** Records the end of an import. */
export const createImportFinish =
  ({ manufacturers, audit }: Pick<OperationResources, 'manufacturers' | 'audit'>): Performer<typeof devicesImportFinish> =>
  async ({ manifest, counts }, call) => {
    const key = await manifestKey(manufacturers, manifest.kid, call);
    const from = key === undefined ? {} : { manufacturer: key.name };
    const event: AuditEvent = {
      schemaVersion: 1,
      id: call.eventId,
      at: call.at,
      code: 'manifest.imported',
      actor: call.actor,
      operation: 'devices.import-finish',
      scope: call.scope.name,
      manifest: manifest.digest,
      counts,
      ...from,
    };
    if (!call.isDryRun) audit.emit(event);
    return from;
  };
