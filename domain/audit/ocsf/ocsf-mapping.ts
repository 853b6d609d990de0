import type { AuditCode } from '../../audit-event.ts';
import type { OcsfActivity, OcsfClassName, Severity } from './ocsf-classes.ts';

/** What an event of Entity Management is about. */
export type EntityKind = 'device' | 'certificate' | 'claim' | 'line' | 'manufacturer' | 'vendor-ca' | 'manifest';

interface Mapped<Name extends OcsfClassName> {
  readonly class: Name;
  readonly activity: OcsfActivity<Name>;
  /** Informational, where nothing is said; of a refusal, low. */
  readonly severity?: Severity;
}

/** What an event is in OCSF. */
export type OcsfMapping =
  | Mapped<'Account Change'>
  | Mapped<'Authentication'>
  | (Mapped<'Entity Management'> & { readonly entity: EntityKind })
  | Mapped<'API Activity'>
  | Mapped<'Detection Finding'>;

const entity = (
  kind: EntityKind,
  activity: OcsfActivity<'Entity Management'>,
  severity?: Severity,
): OcsfMapping & { readonly class: 'Entity Management' } => ({
  class: 'Entity Management',
  activity,
  entity: kind,
  ...(severity === undefined ? {} : { severity }),
});

const device = (activity: OcsfActivity<'Entity Management'>, severity?: Severity) => entity('device', activity, severity);

const credential = (activity: OcsfActivity<'Account Change'>): OcsfMapping => ({ class: 'Account Change', activity });

const connection = (activity: OcsfActivity<'Authentication'>): OcsfMapping => ({ class: 'Authentication', activity });

const call = (severity?: Severity): OcsfMapping => ({
  class: 'API Activity',
  activity: 'Other',
  ...(severity === undefined ? {} : { severity }),
});

const finding = (activity: OcsfActivity<'Detection Finding'>, severity: Severity): OcsfMapping => ({
  class: 'Detection Finding',
  activity,
  severity,
});

/** What each code is in OCSF. */
export const ocsfMapping: Readonly<Record<AuditCode, OcsfMapping>> = {
  'claim.created': entity('claim', 'Create'),
  'claim.rotated': entity('claim', 'Update'),
  'claim.closed': entity('claim', 'Disable'),
  'manufacturer.registered': entity('manufacturer', 'Create'),
  'manufacturer.removed': entity('manufacturer', 'Delete'),
  'vendor-ca.trusted': entity('vendor-ca', 'Enable'),
  'vendor-ca.distrusted': entity('vendor-ca', 'Disable'),
  'manifest.imported': entity('manifest', 'Create'),
  'device.registered': device('Create'),
  'admission.granted': device('Enroll'),
  'admission.held': device('Enroll'),
  'admission.refused': device('Enroll'),
  'device.contested': finding('Create', 'High'),
  'device.approved': device('Enable'),
  'device.confirmed': device('Update'),
  'device.readmitted': device('Enable'),
  'device.resolved': device('Update'),
  'device.recovery-opened': device('Enable'),
  'device.recovery-used': connection('Logon'),
  'device.clone-suspected': finding('Create', 'High'),
  'device.publishes-refused': finding('Create', 'Medium'),
  'device.quarantined': device('Suspend', 'Medium'),
  'device.released': device('Resume'),
  'device.revoked': device('Disable', 'Medium'),
  'device.transferred': device('Move'),
  'device.transferred-with-proof': device('Move'),
  'device.decommissioned': device('Unenroll'),
  'connection.granted': connection('Logon'),
  'connection.restricted': connection('Logon'),
  'connection.refused': connection('Logon'),
  'device-key.issued': credential('Other'),
  'device.activated': device('Activate'),
  'certificate.issued': entity('certificate', 'Create'),
  'certificate.refused': entity('certificate', 'Create'),
  'certificate.retired': entity('certificate', 'Deactivate'),
  'rotation.started': credential('Password Reset'),
  'rotation.offered': credential('Password Change'),
  'rotation.refused': credential('Password Change'),
  'rotation.completed': credential('Password Change'),
  'rotation.withdrawn': credential('Other'),
  'rotation.demanded': entity('line', 'Update'),
  'rotation.halted': entity('line', 'Suspend', 'Medium'),
  'rotation.resumed': entity('line', 'Resume'),
  'reconciliation.found': finding('Create', 'Medium'),
  'reconciliation.repaired': finding('Close', 'Low'),
  'defender.found': finding('Create', 'Medium'),
  'defender.suppressed': entity('claim', 'Update'),
  'defender.unsuppressed': entity('claim', 'Update'),
  'operation.proposed': call(),
  'operation.refused': call(),
  'address.shown': call(),
  'decisions.lost': finding('Create', 'Medium'),
  'events.lost': finding('Create', 'Medium'),
  'presence.connected': connection('Logon'),
  'presence.disconnected': connection('Logoff'),
  'aws.called': call(),
  'iot.logged': call('Low'),
};
