import { codeMeanings } from '../code-meanings.ts';
import type { WrittenEvent } from '../written-event.ts';
import { OCSF_VERSION, ocsfClasses, severities } from './ocsf-classes.ts';
import { type OcsfMapping, ocsfMapping } from './ocsf-mapping.ts';
import { activityOfCall, apiOf } from './ocsf-call.ts';
import { actorOf, deviceOf, entityOf, sourceOf, userOf } from './ocsf-parties.ts';
import { known } from './known.ts';

const PRODUCT = { name: 'Muster', vendor_name: 'Muster' };

type Attributes = Readonly<Record<string, unknown>>;

/**
 * An audit event as an event of OCSF. What OCSF has no place for stands in `unmapped`, the whole event with it, so that nothing is
 * lost. Source: schema.ocsf.io, version 1.5.0.
 */
export const ocsfEvent = (event: WrittenEvent): Attributes => {
  const mapping = ocsfMapping[event.code];
  const { uid, category } = ocsfClasses[mapping.class];
  const [activity_id, activity_name] = activityOf(event, mapping);
  const severity = mapping.severity ?? (isRefusal(event) ? 'Low' : 'Informational');
  return {
    ...{
      activity_id,
      activity_name,
      category_uid: Math.floor(uid / 1000),
      category_name: category,
      class_uid: uid,
      class_name: mapping.class,
    },
    ...{ type_uid: uid * 100 + activity_id, severity_id: severities[severity], severity, time: event.at },
    message: codeMeanings[event.code].what,
    metadata: metadataOf(event),
    ...statusOf(event, mapping),
    ...ofClass(event, mapping),
    unmapped: { ...event },
  };
};

const activityOf = (event: WrittenEvent, mapping: OcsfMapping): readonly [number, string] => {
  if (event.code === 'aws.called') return activityOfCall(event.operation);
  const activities: Readonly<Record<string, number>> = ocsfClasses[mapping.class].activities;
  return [activities[mapping.activity] ?? 99, mapping.activity];
};

const metadataOf = ({ id, code, correlationId, tenant }: WrittenEvent): Attributes => ({
  version: OCSF_VERSION,
  product: PRODUCT,
  uid: id,
  event_code: code,
  ...known('correlation_uid', correlationId),
  ...known('tenant_uid', tenant),
});

const isRefusal = ({ code, awsReason }: WrittenEvent): boolean =>
  codeMeanings[code].verdict === 'refuse' || (code === 'aws.called' && awsReason !== undefined) || code === 'iot.logged';

const statusOf = (event: WrittenEvent, mapping: OcsfMapping): Attributes => ({
  ...(mapping.class === 'Detection Finding' ? statusOfFinding(mapping.activity) : statusOfActivity(event)),
  ...known('status_detail', event.reason ?? event.awsReason ?? event.finding),
});

const statusOfFinding = (activity: string): Attributes =>
  activity === 'Close' ? { status_id: 4, status: 'Resolved' } : { status_id: 1, status: 'New' };

const statusOfActivity = (event: WrittenEvent): Attributes => {
  if (isRefusal(event)) return { status_id: 2, status: 'Failure' };
  return codeMeanings[event.code].verdict === 'hold' ? { status_id: 99, status: 'Held' } : { status_id: 1, status: 'Success' };
};

/** What the class asks for beside what every event has. */
const ofClass = (event: WrittenEvent, mapping: OcsfMapping): Attributes => {
  const actor = actorOf(event);
  const comment = known('comment', event.note);
  switch (mapping.class) {
    case 'Account Change':
      return { actor, user: userOf(event), ...sourceOf(event) };
    case 'Authentication':
      return { user: userOf(event), service: { name: 'AWS IoT Core' }, ...sourceOf(event), ...sessionOf(event) };
    case 'Entity Management':
      return { actor, entity: entityOf(event, mapping.entity), ...comment, ...sourceOf(event) };
    case 'API Activity':
      // OCSF wants a source of every call; where none is on record, that is said.
      return { actor, api: apiOf(event), src_endpoint: { name: 'not on record' }, ...sourceOf(event), ...resourcesOf(event) };
    case 'Detection Finding':
      return { finding_info: findingOf(event), device: deviceOf(event), is_alert: mapping.activity === 'Create' };
  }
};

const sessionOf = ({ correlationId }: WrittenEvent): Attributes => (correlationId === undefined ? {} : { session: { uid: correlationId } });

const resourcesOf = ({ resource, thingName }: WrittenEvent): Attributes => {
  const uid = resource ?? thingName;
  return uid === undefined ? {} : { resources: [{ uid }] };
};

const findingOf = ({ id, at, code, finding }: WrittenEvent): Attributes => ({
  uid: id,
  title: codeMeanings[code].what,
  types: [code, ...(finding === undefined ? [] : [finding])],
  created_time: at,
});
