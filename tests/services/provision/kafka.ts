import { randomBytes } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../../support/free-port';
import { lacking, type Surroundings, type Way } from './service';
import { cachedFolder, findTool, run, startServer } from './tools';

const JAVA_LEAST = 17;
/** What a fresh Maven repository needs to fetch some 45 jars. */
const RESOLVE_MS = 300_000;
const START_MS = 60_000;

/** A broker of Apache Kafka itself: its jars through Maven, one KRaft node on loopback ports. */
export const kafkaBroker: Way = async (surroundings) => {
  const { sources, cache, scratch, say, signal } = surroundings;
  const [java, maven] = await Promise.all([findTool('java'), findTool('mvn')]);
  if (!java) return lacking('java is not on the PATH');
  const javaVersion = await versionOfJava(java, signal);
  if (javaVersion.major < JAVA_LEAST) return lacking(`Java is ${javaVersion.text}, Kafka needs ${JAVA_LEAST}`);
  const version = await versionInPom(join(sources, 'kafka', 'pom.xml'));
  const home = join(cache, `kafka-${version}`);
  try {
    await cachedFolder(home, async (folder) => {
      if (!maven) throw new Error('mvn is not on the PATH');
      say(`fetching the jars of Apache Kafka ${version} with Maven`);
      await resolveJars(maven, folder, surroundings);
    });
  } catch (error) {
    return lacking(`the jars of Kafka ${version} are not to be had: ${error instanceof Error ? error.message : error}`);
  }
  say(`starting Apache Kafka ${version}`);
  const [port, controllerPort] = [await freePort(), await freePort()];
  const data = join(scratch, 'kafka');
  const properties = join(scratch, 'kafka.properties');
  await writeFile(properties, configuration(port, controllerPort, data));
  const classpath = ['-cp', `${home}/jars/*`];
  await run(
    java,
    ['-Xmx256m', ...classpath, 'kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', properties],
    {
      timeoutMs: START_MS,
      signal,
    },
  );
  const broker = `127.0.0.1:${port}`;
  const logging = `-Dlog4j2.configurationFile=${join(sources, 'kafka', 'log4j2.properties')}`;
  const bounds = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC'];
  const server = await startServer(java, [...bounds, logging, ...classpath, 'kafka.Kafka', properties], {
    timeoutMs: START_MS,
    signal,
    ready: () => answers(broker),
  });
  return {
    kind: 'real',
    name: `Apache Kafka ${version} on Java ${javaVersion.text}`,
    url: broker,
    stop: () => server.stop(),
  };
};

/** librdkafka's mock cluster, which Debian's kcat can host: real clients against a broker in memory. */
export const kcatMock: Way = async ({ say, signal }) => {
  const kcat = await findTool('kcat');
  if (!kcat) return lacking('kcat is not on the PATH');
  const { output } = await run(kcat, ['-V'], { timeoutMs: 10_000, signal });
  const version = /librdkafka ([\d.]+)/.exec(output)?.[1] ?? 'of unknown version';
  say("starting librdkafka's mock cluster");
  const arguments_ = ['-P', '-b', 'mock:1', '-X', 'test.mock.num.brokers=1', '-t', 'keepalive', '-d', 'mock'];
  const server = await startServer(kcat, arguments_, {
    timeoutMs: 10_000,
    signal,
    ready: /bootstrap\.servers=([\d.]+:\d+)/,
    input: true,
  });
  const url = server.ready?.[1];
  if (!url) throw new Error('the mock cluster does not say where it listens');
  return {
    kind: 'stand-in',
    name: `librdkafka ${version}'s mock cluster in kcat (no createTopics, no transactions, nothing on disk)`,
    url,
    stop: () => server.stop(),
  };
};

const versionOfJava = async (
  java: string,
  signal: AbortSignal,
): Promise<{ readonly major: number; readonly text: string }> => {
  const { output } = await run(java, ['-version'], { timeoutMs: 10_000, signal });
  const text = /version "([^"]+)"/.exec(output)?.[1] ?? '0';
  return { major: Number.parseInt(text, 10), text };
};

const versionInPom = async (pom: string): Promise<string> => {
  const version = /kafka_2\.13<\/artifactId>\s*<version>([^<]+)</.exec(await readFile(pom, 'utf8'))?.[1];
  if (!version) throw new Error(`${pom} names no version of Kafka`);
  return version;
};

const resolveJars = async (maven: string, folder: string, { sources, signal }: Surroundings): Promise<void> => {
  await copyFile(join(sources, 'kafka', 'pom.xml'), join(folder, 'pom.xml'));
  await run(
    maven,
    [
      '--batch-mode',
      '--quiet',
      '-Dstyle.color=never',
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'jars')}`,
    ],
    { cwd: folder, timeoutMs: RESOLVE_MS, signal },
  );
};

/** A UUID as Kafka writes it; its tools take a leading dash for an option. */
const clusterId = (): string => {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
};

const configuration = (port: number, controllerPort: number, data: string): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': data,
    'num.partitions': 4,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const answers = async (broker: string): Promise<boolean> => {
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
};
