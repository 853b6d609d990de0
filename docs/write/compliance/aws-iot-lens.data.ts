import { alone, type Framework } from './requirement.ts';

export const awsIotLens: Framework = {
  title: 'AWS Well-Architected, IoT Lens: the security pillar',
  about: 'By the areas of the pillar, whose questions change from one version to the next.',
  requirements: [
    {
      id: 'Identity of devices',
      asks: 'each device has an identity of its own, from a root of trust, and shared ones end with provisioning',
      feature:
        'fleet provisioning by claim with a hook that fails closed; just-in-time and in-advance registration; keys and tokens per device',
      shownBy: ['oneKeyPerSerial', 'claimQuota', 'makersCertificate', 'failsClosed'],
      remains: 'a secure element, where the threat calls for one',
    },
    {
      id: 'Life of credentials',
      asks: 'credentials are rotated, revoked and recovered at scale',
      feature: 'rotation in waves that halt; recovery by two people; an authority of one’s own',
      shownBy: ['rotated', 'rotationHalts', 'comesBack', 'revoked'],
      remains: 'to switch rotation on for a line',
    },
    {
      id: 'Least privilege',
      asks: 'policies end at the device; roles have what they need',
      feature: 'one policy per line with the thing’s name in it; rules that refuse broader ones at synth; audits that find none',
      shownBy: ['ownTopics', 'ownRules', 'policiesPass'],
      remains: 'policies that are written by hand',
    },
    {
      id: 'Detection',
      asks: 'devices and the account are watched for anomalies, and findings lead somewhere',
      feature: 'detectors of clones, refusals and guessing; Device Defender with its findings in the audit log',
      shownBy: ['cloneFound', 'refusedPublishes', 'audits', 'auditQuarantines'],
      remains: 'metrics that devices report about themselves',
    },
    {
      id: 'Incident response',
      asks: 'a device can be isolated, and an incident be followed',
      feature: 'quarantine, revocation and release, on record; a runbook for each alarm; history that proves itself',
      shownBy: ['cutOff', 'revoked', 'runbook', 'firstBrokenLink'],
      remains: 'people on call, and exercises',
    },
    {
      id: 'Data protection',
      asks: 'data is encrypted in transit and at rest, and classified',
      feature: 'TLS, keys of the account, kinds of data by field, exports without names',
      shownBy: ['mutualTls', 'recordsRestored', 'locked', 'pseudonyms'],
      remains: 'data of the application',
    },
    {
      id: 'Infrastructure',
      asks: 'what is deployed is checked, and drift is noticed',
      feature: 'four packs of rules at every synth; the doctor looks for drift; reconciliation compares records with AWS IoT',
      shownBy: ['nistPack', 'ownRules', 'putRight'],
      remains: 'the pipeline that deploys',
    },
    alone('Updates of devices', 'software and firmware are updated securely', 'a way of updates, e.g. jobs of AWS IoT with signed code'),
  ],
};
