package dev.firn.local.up;

import dev.firn.local.PortPlan;
import java.util.List;

/** What listens where, for the user. */
record AddressList(PortPlan ports) {
    List<String> lines() {
        return List.of(
                "",
                "  Kafka            127.0.0.1:" + ports.kafka(),
                "  schema registry  " + http(ports.registry()) + "/apis/ccompat/v7",
                "  S3               " + http(ports.s3()) + "  (bucket firn)",
                "  generator        " + http(ports.generator()) + "/truth",
                "  processor        " + http(ports.processor()) + "/topology",
                "  sink             " + http(ports.sink()) + "/tables",
                "  dashboard        " + http(ports.sink()) + "/dashboard/",
                "");
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
