/** The version of the Open Cybersecurity Schema Framework that events are written in. */
export const OCSF_VERSION = '1.5.0';

/** The classes that our events are of, and those of their activities that there are among them, by the numbers that OCSF gives them. */
export const ocsfClasses = {
  'Account Change': {
    uid: 3001,
    category: 'Identity & Access Management',
    activities: { 'Password Change': 3, 'Password Reset': 4, Other: 99 },
  },
  Authentication: { uid: 3002, category: 'Identity & Access Management', activities: { Logon: 1, Logoff: 2 } },
  'Entity Management': {
    uid: 3004,
    category: 'Identity & Access Management',
    activities: {
      ...{ Create: 1, Update: 3, Delete: 4, Move: 5, Enroll: 6, Unenroll: 7 },
      ...{ Enable: 8, Disable: 9, Activate: 10, Deactivate: 11, Suspend: 12, Resume: 13 },
    },
  },
  'API Activity': { uid: 6003, category: 'Application Activity', activities: { Create: 1, Read: 2, Update: 3, Delete: 4, Other: 99 } },
  'Detection Finding': { uid: 2004, category: 'Findings', activities: { Create: 1, Close: 3 } },
} as const;

export type OcsfClassName = keyof typeof ocsfClasses;

/** One of the activities of a class. */
export type OcsfActivity<Name extends OcsfClassName> = keyof (typeof ocsfClasses)[Name]['activities'];

/** `severity_id` of OCSF. */
export const severities = { Informational: 1, Low: 2, Medium: 3, High: 4 } as const;

export type Severity = keyof typeof severities;
