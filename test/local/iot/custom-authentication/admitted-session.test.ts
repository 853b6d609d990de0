import { AdmittedSession } from '../../../../local/iot/custom-authentication/admitted-session.ts';
import type { CustomVerdict } from '../../../../local/iot/custom-authentication/custom-authentication.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';

type Admitted = Extract<CustomVerdict, { isAuthenticated: true }>;

const admitted = (refreshAfterSeconds: number, disconnectAfterSeconds: number): Admitted => ({
  ...{ isAuthenticated: true, authorizerName: 'judge', isCacheableForHttp: false },
  admission: { principalId: 'lamp17', policyDocuments: [], policies: [{ statements: [] }], refreshAfterSeconds, disconnectAfterSeconds },
});

const setUp = (first: Admitted, answers: readonly CustomVerdict[]) => {
  const clock = new ManualClock(0);
  const happened: string[] = [];
  let asked = 0;
  const session = new AdmittedSession(clock, first, () => {
    happened.push(`asked at ${clock.now() / 1000}`);
    return Promise.resolve(answers[asked++] ?? first);
  });
  session.begin({
    onExpired: () => happened.push(`expired at ${clock.now() / 1000}`),
    onRefused: ({ reason }) => happened.push(`${reason} at ${clock.now() / 1000}`),
  });
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1000);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { session, happened, pass };
};

describe('A session that an authorizer admitted', () => {
  test('is asked about at each interval that the last answer gave, and ends by the first answer’s time', async () => {
    const { happened, pass } = setUp(admitted(300, 1000), [admitted(400, 86_400)]);
    for (let second = 0; second < 1200; second += 100) await pass(100);
    expect(happened).toEqual(['asked at 300', 'asked at 700', 'expired at 1000']);
  });

  test('ends when it is refused, and is asked about no more', async () => {
    const { happened, pass } = setUp(admitted(300, 1000), [{ isAuthenticated: false, reason: 'NOT_AUTHENTICATED' }]);
    for (let second = 0; second < 1200; second += 100) await pass(100);
    expect(happened).toEqual(['asked at 300', 'NOT_AUTHENTICATED at 300']);
  });

  test('takes its policies from the last answer', async () => {
    const { session, pass } = setUp(admitted(300, 1000), [
      { ...admitted(300, 1000), admission: { ...admitted(300, 1000).admission, policies: [] } },
    ]);
    expect(session.policies).toHaveLength(1);
    await pass(300);
    expect(session.policies).toHaveLength(0);
  });

  test('stops with its connection', async () => {
    const { session, happened, pass } = setUp(admitted(300, 1000), []);
    session.end();
    await pass(2000);
    expect(happened).toEqual([]);
  });
});
