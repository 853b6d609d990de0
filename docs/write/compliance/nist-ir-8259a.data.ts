import { alone, type Framework } from './requirement.ts';

export const nistIr8259a: Framework = {
  title: 'NIST IR 8259A: core baseline of capabilities of IoT devices',
  about:
    'All six capabilities, as far as the cloud side and the device client that Muster brings bear them; the device itself is its maker’s.',
  requirements: [
    {
      id: 'Device identification',
      asks: 'the device can be told apart, logically and physically',
      feature: 'one enrollment per line and serial number, bound to one public key; the cloud computes the thing’s name',
      shownBy: ['oneKeyPerSerial', 'ownName', 'makersCertificate'],
      remains: 'serial numbers that are unique within a line, and a mark of them on the device',
    },
    {
      id: 'Device configuration',
      asks: 'authorized entities, and no others, can change its configuration',
      feature:
        'what a device is told comes from the configuration of its line, over topics that are its alone; operators act through one function, by role',
      shownBy: ['ownTopics', 'scopes', 'twoPeople'],
      remains: 'to apply on the device what it is told, and a way to restore a secure default there',
    },
    {
      id: 'Data protection',
      asks: 'data is protected where it lies and on its way',
      feature:
        'TLS 1.2 or 1.3 with pinned roots; records and history under keys of the account; keys in files for their owner alone, replaced whole',
      shownBy: ['serverRoots', 'mutualTls', 'keyFiles', 'recordsRestored', 'locked'],
      remains: 'storage on the device that resists being read out; encryption of data other than credentials',
    },
    {
      id: 'Logical access to interfaces',
      asks: 'access to local and network interfaces is for authorized entities only',
      feature: 'every connection is authenticated by certificate, key or token, and authorized down to single topics',
      shownBy: ['ownTopics', 'ownTopicsByKey', 'flood', 'policiesPass'],
      remains: 'local interfaces of the device, such as debug ports',
    },
    alone(
      'Software update',
      'software can be updated by authorized entities, securely',
      'updates of firmware, e.g. by jobs of AWS IoT; Muster updates credentials only',
    ),
    {
      id: 'Cybersecurity state awareness',
      asks: 'the device’s security state is reported to authorized entities only',
      feature: 'states, decisions and findings are on record, sealed, and searched by role; what looks wrong rings',
      shownBy: ['cloneFound', 'refusedPublishes', 'audits', 'firstBrokenLink', 'runbook'],
      remains: 'what the device itself notices, such as that its case was opened',
    },
  ],
};
