import type { MissingData } from '../../../local/cloudwatch/alarms/alarm.ts';
import { type Datapoint, evaluateAlarm } from '../../../local/cloudwatch/alarms/evaluate-alarm.ts';

const point = (letter: string): Datapoint => (letter === 'X' ? 'breaching' : letter === '0' ? 'within' : undefined);

/** As the User Guide draws them: the newest on the right. */
const evaluate = (drawing: string, datapointsToAlarm: number, missingData: MissingData): string =>
  evaluateAlarm(drawing.split(' ').map(point).reverse(), { evaluationPeriods: 3, datapointsToAlarm, missingData }) ?? 'retain';

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

// CloudWatch User Guide, "How alarm state is evaluated when data is missing": both tables.
describe('three out of three', () => {
  test.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (drawing, states) => {
    expect(treatments.map((treatment) => evaluate(drawing, 3, treatment))).toEqual(states);
  });
});

describe('two out of three', () => {
  test.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (drawing, states) => {
    expect(treatments.map((treatment) => evaluate(drawing, 2, treatment))).toEqual(states);
  });
});

test.each(['- - - - X', '- - - X -'])('no alarm is raised before its time: %s', (drawing) => {
  expect(evaluate(drawing, 3, 'missing')).toBe('retain');
});
