import { collected } from './collected';

test('what was done about arrears, and what borrowers were told, by channel', () => {
  const summary = collected({
    cases: [
      {
        status: 'open',
        stage: 'agency',
        contacts: [{}, {}],
        promises: [{ status: 'kept' }, { status: 'broken' }, { status: 'pending' }],
        plans: [{ status: 'granted' }],
      },
      {
        status: 'closed',
        stage: 'agency',
        contacts: [{}],
        promises: [{ status: 'kept' }],
        plans: [{ status: 'refused' }],
      },
    ],
    messages: [
      { channel: 'sms', status: 'sent' },
      { channel: 'email', status: 'sent' },
      { channel: 'sms', status: 'unknown' },
    ],
  });
  expect(summary).toEqual({
    cases: 2,
    open: 1,
    withAgencies: 1,
    contacts: 3,
    promises: { made: 4, kept: 2, broken: 1 },
    reliefGranted: 1,
    messages: [
      { channel: 'email', sent: 1, other: 0 },
      { channel: 'sms', sent: 1, other: 1 },
    ],
  });
});
