package id.sepakat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A table of families and, by region and line class of each of five levels, the sums that
 * national_update_bench keeps: an adder, a subtractor, stores in memory.
 *
 * <p>Reads families from a file: {@code id,node4,..,node0,class,line,persons,weight,welfare,mask,score}, numbers
 * only. Answers a line {@code FIRST END} with the seconds that these lines took, and {@code sums FILE} by writing
 * {@code level,node,class,sum...}.
 */
public final class StreamsPeer {
  private static final int LEVELS = 5;
  private static final int CLASS = 6;
  private static final int LINE = 7;
  private static final int PERSONS = 8;
  private static final int WEIGHT = 9;
  private static final int WELFARE = 10;
  private static final int MASK = 11;
  private static final int SCORE = 12;
  private static final int FIELDS = 13;
  private static final int INDICATORS = 14;
  private static final int SUMS = 8 + 2 * INDICATORS;
  private static final long CLASSES = 1L << 20;

  private static Serde<long[]> longs() {
    return Serdes.serdeFrom(
        (topic, values) -> {
          if (values == null) return null;
          ByteBuffer buffer = ByteBuffer.allocate(8 * values.length);
          for (long value : values) buffer.putLong(value);
          return buffer.array();
        },
        (topic, bytes) -> {
          if (bytes == null) return null;
          long[] values = new long[bytes.length / 8];
          ByteBuffer.wrap(bytes).asLongBuffer().get(values);
          return values;
        });
  }

  private static long[] add(long[] family, long[] sums, long sign) {
    long[] next = sums.clone();
    long persons = sign * family[PERSONS];
    long gap = Math.max(family[LINE] - family[WELFARE], 0);
    long poor = gap > 0 ? 1 : 0;
    long multidimensional = family[SCORE] > 0 ? 1 : 0;
    next[0] += sign;
    next[1] += persons;
    next[2] += sign * family[WEIGHT] * poor;
    next[3] += persons * poor;
    next[4] += persons * gap;
    next[5] += persons * gap * gap;
    next[6] += persons * multidimensional;
    next[7] += persons * family[SCORE];
    for (int i = 0; i < INDICATORS; ++i) {
      long deprived = persons * (family[MASK] >> i & 1);
      next[8 + i] += deprived;
      next[8 + INDICATORS + i] += deprived * multidimensional;
    }
    return next;
  }

  private static TopologyTestDriver open() {
    StreamsBuilder builder = new StreamsBuilder();
    KTable<Long, long[]> families =
        builder.table(
            "families",
            Consumed.with(Serdes.Long(), longs()),
            Materialized.<Long, long[]>as(Stores.inMemoryKeyValueStore("families"))
                .withKeySerde(Serdes.Long())
                .withValueSerde(longs()));
    for (int level = 0; level < LEVELS; ++level) {
      int node = 1 + (LEVELS - 1 - level);
      families
          .groupBy(
              (id, family) -> KeyValue.pair(family[node] * CLASSES + family[CLASS], family),
              Grouped.with("by" + level, Serdes.Long(), longs()))
          .aggregate(
              () -> new long[SUMS],
              (key, family, sums) -> add(family, sums, 1),
              (key, family, sums) -> add(family, sums, -1),
              Materialized.<Long, long[]>as(Stores.inMemoryKeyValueStore("sums" + level))
                  .withKeySerde(Serdes.Long())
                  .withValueSerde(longs()))
          .toStream()
          .to("indicators" + level, Produced.with(Serdes.Long(), longs()));
    }
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
    return new TopologyTestDriver(builder.build(), settings);
  }

  private static void writeSums(TopologyTestDriver driver, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (int level = 0; level < LEVELS; ++level) {
        KeyValueStore<Long, long[]> store = driver.getKeyValueStore("sums" + level);
        try (KeyValueIterator<Long, long[]> all = store.all()) {
          while (all.hasNext()) {
            KeyValue<Long, long[]> entry = all.next();
            StringBuilder row = new StringBuilder();
            row.append(level).append(',').append(entry.key / CLASSES).append(',').append(entry.key % CLASSES);
            for (long sum : entry.value) row.append(',').append(sum);
            out.println(row);
          }
        }
      }
    }
  }

  private static long[] parse(String line) {
    long[] family = new long[FIELDS];
    int field = 0;
    for (int i = 0; i < line.length(); ++i) {
      char c = line.charAt(i);
      if (c == ',') {
        ++field;
      } else {
        family[field] = 10 * family[field] + (c - '0');
      }
    }
    return family;
  }

  public static void main(String[] arguments) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    try (TopologyTestDriver driver = open()) {
      TestInputTopic<Long, long[]> input =
          driver.createInputTopic("families", Serdes.Long().serializer(), longs().serializer());
      System.out.println("Kafka Streams " + AppInfoParser.getVersion());
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        String[] words = command.split(" ");
        if (words[0].equals("sums")) {
          writeSums(driver, Path.of(words[1]));
          System.out.println("0");
          continue;
        }
        long begin = System.nanoTime();
        for (int i = Integer.parseInt(words[0]); i < Integer.parseInt(words[1]); ++i) {
          long[] family = parse(lines.get(i));
          input.pipeInput(family[0], family);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (int level = 0; level < LEVELS; ++level) {
          driver
              .createOutputTopic(
                  "indicators" + level, Serdes.Long().deserializer(), Serdes.ByteArray().deserializer())
              .readRecordsToList();
        }
        System.out.println(seconds);
      }
    }
  }
}
