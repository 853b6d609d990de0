import { OperationError } from '../../../domain/operation-error.ts';
import { PROPOSAL_LIFETIME_MS } from '../../../domain/proposal.ts';
import { NOON } from '../../builders/enrollment.ts';
import { InMemoryProposalStore } from '../../fakes/in-memory-proposal-store.ts';
import { toyOperations } from './toy-operations.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const BEN = 'arn:aws:iam::111122223333:user/ben';
const CAT = 'arn:aws:iam::111122223333:user/cat';
const sessionOf = (role: string, session: string) => `arn:aws:sts::111122223333:assumed-role/${role}/${session}`;
const tear = { operation: 'walls.tear', input: { line: 'sensor' } };

const done = { status: 200, body: { output: { did: 'walls.tear sensor' } } };
const waitingFor = (proposedBy: string, role: string) => ({
  status: 202,
  body: { waiting: { operation: 'walls.tear', proposedBy, until: NOON + PROPOSAL_LIFETIME_MS, roles: [role] } },
});

const reallyDone = ({ performed }: Pick<ReturnType<typeof toyOperations>, 'performed'>) =>
  performed.filter(({ call }) => !call.isDryRun).map(({ call }) => ({ by: call.actor.arn, proposedBy: call.proposedBy }));

describe('What takes two people', () => {
  test('waits after the first, says for whom, and is on record as proposed', async () => {
    const toy = toyOperations();
    expect(await toy.call('operator', tear, { userArn: ANN })).toEqual(waitingFor(ANN, 'security'));
    expect(reallyDone(toy)).toEqual([]);
    expect(toy.audit.events).toMatchObject([
      { code: 'operation.proposed', actor: { arn: ANN }, operation: 'walls.tear', scope: 'operator', line: 'sensor' },
    ]);
  });

  test('is done when another person in another role asks for the same, with both on record', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    expect(await toy.call('security', tear, { userArn: BEN })).toEqual(done);
    expect(reallyDone(toy)).toEqual([{ by: BEN, proposedBy: ANN }]);
  });

  test('is the same however it is spelled: order of fields and defaults said or left out', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    const spelled = { operation: 'walls.tear', input: { force: false, line: 'sensor' } };
    expect(await toy.call('security', spelled, { userArn: BEN })).toEqual(done);
  });

  test.each([
    ['the same person again', 'operator', ANN],
    ['the same person in the other role', 'security', ANN],
    ['another person in the same role', 'operator', BEN],
  ])('is not done for %s, and nothing changes', async (_, scope, userArn) => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    expect(await toy.call(scope, tear, { userArn })).toEqual(waitingFor(ANN, 'security'));
    expect(reallyDone(toy)).toEqual([]);
    expect(toy.audit.events).toHaveLength(1);
  });

  test('is not done for one who assumed two roles under one name, but for two who did', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: sessionOf('Operator', 'ann@example.com') });
    expect(await toy.call('security', tear, { userArn: sessionOf('Security', 'ann@example.com') })).toMatchObject({ status: 202 });
    expect(await toy.call('security', tear, { userArn: sessionOf('Security', 'ben@example.com') })).toEqual(done);
  });

  test('waits anew for something else', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    const other = { operation: 'walls.tear', input: { line: 'gateway' } };
    expect(await toy.call('security', other, { userArn: BEN })).toEqual(waitingFor(BEN, 'operator'));
    expect(reallyDone(toy)).toEqual([]);
  });

  test('is forgotten once it is done: it takes two again', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    await toy.call('security', tear, { userArn: BEN });
    expect(await toy.call('security', tear, { userArn: BEN })).toEqual(waitingFor(BEN, 'operator'));
  });

  test('is void after a day', async () => {
    let now = NOON;
    const toy = toyOperations({ now: () => now });
    await toy.call('operator', tear, { userArn: ANN });
    now += PROPOSAL_LIFETIME_MS;
    expect(await toy.call('security', tear, { userArn: BEN })).toMatchObject({ status: 202, body: { waiting: { proposedBy: BEN } } });
    expect(reallyDone(toy)).toEqual([]);
  });

  test('is rehearsed by one: a dry run proposes nothing', async () => {
    const toy = toyOperations();
    expect(await toy.call('operator', { ...tear, dryRun: true }, { userArn: ANN })).toEqual(done);
    expect(toy.audit.events).toEqual([]);
    expect(await toy.call('security', tear, { userArn: BEN })).toMatchObject({ status: 202 });
  });

  test('is not proposed when it cannot be done', async () => {
    const toy = toyOperations({ fails: () => new OperationError('ERR_NOT_FOUND', 'no such wall') });
    expect(await toy.call('operator', tear, { userArn: ANN })).toMatchObject({ status: 404 });
    expect(toy.audit.events).toMatchObject([{ code: 'operation.refused' }]);
  });
});

describe('Of several at the same moment', () => {
  test('who proposes, one does, and the others are told to ask again', async () => {
    const toy = toyOperations();
    const people = Array.from({ length: 8 }, (_, index) => `arn:aws:iam::111122223333:user/op-${index}`);
    const answers = await Promise.all(people.map((userArn) => toy.call('operator', tear, { userArn })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, ...Array<number>(7).fill(409)]);
    expect(toy.audit.events.filter(({ code }) => code === 'operation.proposed')).toHaveLength(1);
    expect(reallyDone(toy)).toEqual([]);
  });

  test('who agree, one does it', async () => {
    const toy = toyOperations();
    await toy.call('operator', tear, { userArn: ANN });
    const answers = await Promise.all([BEN, CAT].map((userArn) => toy.call('security', tear, { userArn })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(reallyDone(toy)).toHaveLength(1);
  });
});

describe('What broke after the second person agreed', () => {
  const broken = async (failure: Error) => {
    let failing: Error | undefined;
    const toy = toyOperations({ fails: () => failing, proposals: new InMemoryProposalStore() });
    await toy.call('operator', tear, { userArn: ANN });
    failing = failure;
    const first = await toy.call('security', tear, { userArn: BEN });
    failing = undefined;
    return { toy, status: first.status };
  };

  test.each([
    ['a fault', new Error('broken'), 500],
    ['throttling', Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 429],
  ])('by %s is done when they ask again, and for nobody else', async (_, failure, status) => {
    const world = await broken(failure);
    expect(world.status).toBe(status);
    expect(await world.toy.call('security', tear, { userArn: CAT })).toMatchObject({ status: 409 });
    expect(await world.toy.call('security', tear, { userArn: BEN })).toEqual(done);
    expect(reallyDone(world.toy)).toEqual([{ by: BEN, proposedBy: ANN }]);
  });

  test('by a refusal is over: it must be proposed again', async () => {
    const { toy, status } = await broken(new OperationError('ERR_CONFLICT', 'already torn'));
    expect(status).toBe(409);
    expect(await toy.call('security', tear, { userArn: BEN })).toEqual(waitingFor(BEN, 'operator'));
  });
});
