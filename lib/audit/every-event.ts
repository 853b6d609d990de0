/** Matches each line of the audit log that is an event, and no other. */
export const everyEvent = '{ $.auditEvent.id = "*" }';
