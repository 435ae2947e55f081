import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * JSON lines with ECS field names, on standard error. Personal values print as masks by themselves; the redaction here
 * is the second line: whole fields that could carry one are never written.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ 'log.level': label }) },
      redact: {
        paths: [
          'authorization',
          'headers',
          'body',
          'name',
          'idNumber',
          'phone',
          'cardNumber',
          'birthDate',
          '*.name',
          '*.idNumber',
          '*.phone',
          '*.cardNumber',
          '*.birthDate',
          '*.authorization',
        ],
        censor: '•••',
      },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
