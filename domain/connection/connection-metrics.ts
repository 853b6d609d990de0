/** The CloudWatch metrics that the audit log makes of what authorizers decide; each in the namespace of its deployment. */
export const connectionMetrics = {
  /** The dimension that names the approach, and with it the authorizer. */
  dimension: 'Approach',
  /** Connections let in, and policies refreshed. */
  granted: 'ConnectionsGranted',
  /** Connections let in for one thing alone: diagnosis in quarantine, or asking for the time. */
  restricted: 'ConnectionsRestricted',
  /** Refusals, those among them that a flood left out of the record. */
  refused: 'ConnectionsRefused',
  /** Of the whole deployment: devices whose connections are taken over as if there were two. */
  clonesSuspected: 'ClonesSuspected',
  /** Of the whole deployment: devices that publish again and again what they may not. */
  publishesRefused: 'PublishesRefused',
} as const;
