/** A deployment would take their tenant from devices. */
export class TenantInUseError extends Error {
  override readonly name = 'TenantInUseError';
  readonly code = 'ERR_TENANT_IN_USE';
}
