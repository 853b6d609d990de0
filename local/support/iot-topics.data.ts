/** How much of something the local AWS has. */
export type Support = 'yes' | 'partial' | 'no';

export interface TopicRow {
  /** Placeholders in angle brackets. */
  readonly topic: string;
  /** What a client does with it. */
  readonly client: 'publishes' | 'subscribes';
  readonly support: Support;
  readonly note?: string;
}

const publishes = (topic: string, support: Support, note?: string): TopicRow => ({
  ...{ topic, client: 'publishes', support },
  ...(note === undefined ? {} : { note }),
});

const subscribes = (topic: string, support: Support, note?: string): TopicRow => ({
  ...{ topic, client: 'subscribes', support },
  ...(note === undefined ? {} : { note }),
});

/** The reserved topics of AWS IoT (DG:reserved-topics), each with what becomes of it here. */
export const iotTopics: readonly TopicRow[] = [
  publishes('$aws/certificates/create/<json|cbor>', 'yes'),
  publishes('$aws/certificates/create-from-csr/<json|cbor>', 'yes'),
  publishes('$aws/provisioning-templates/<template>/provision/<json|cbor>', 'yes'),
  publishes('$aws/rules/<rule>/<topic>', 'yes', 'Basic Ingest'),
  subscribes('$aws/events/presence/connected/<client id>', 'yes'),
  subscribes('$aws/events/presence/disconnected/<client id>', 'yes'),
  subscribes('$aws/events/presence/connect_failed/<client id>', 'yes'),
  subscribes('$aws/events/subscriptions/subscribed/<client id>', 'yes'),
  subscribes('$aws/events/subscriptions/unsubscribed/<client id>', 'yes'),
  subscribes('$aws/events/certificates/registered/<CA certificate id>', 'yes'),
  subscribes('$aws/events/thing/<thing>/<created|updated|deleted>', 'yes'),
  subscribes('$aws/events/thingType/<type>/<created|updated|deleted>', 'yes'),
  subscribes('$aws/events/thingTypeAssociation/thing/<thing>/thingType/<type>/<added|removed>', 'yes'),
  subscribes('$aws/events/thingGroup/<group>/<created|updated|deleted>', 'yes'),
  subscribes('$aws/events/thingGroupMembership/thingGroup/<group>/thing/<thing>/<added|removed>', 'yes'),
  subscribes('$aws/events/thingGroupHierarchy/thingGroup/<group>/childThingGroup/<group>/<added|removed>', 'yes'),
  subscribes('$aws/events/job/<job>/<completed|canceled|deleted|cancellation_in_progress|deletion_in_progress>', 'yes'),
  subscribes('$aws/events/jobExecution/<job>/<succeeded|failed|rejected|canceled|timed_out|removed|deleted>', 'yes'),
  publishes('$aws/things/<thing>/jobs/<get|start-next>', 'yes'),
  publishes('$aws/things/<thing>/jobs/<job>/<get|update>', 'yes'),
  subscribes('$aws/things/<thing>/jobs/<notify|notify-next>', 'yes'),
  publishes('$aws/things/<thing>/shadow/<request>', 'no'),
  publishes('$aws/things/<thing>/streams/<stream>/<request>', 'no'),
  subscribes('$aws/things/<thing>/tunnels/notify', 'no'),
  publishes('$aws/things/<thing>/defender/metrics/<json|cbor>', 'no'),
  publishes('$aws/commands/<things|clients>/<id>/executions/<execution>/response/<format>', 'no'),
  publishes('$aws/device_location/<device>/get_position_estimate', 'no'),
  publishes('$aws/sitewise/asset-models/<model>/assets/<asset>/properties/<property>', 'no'),
];
