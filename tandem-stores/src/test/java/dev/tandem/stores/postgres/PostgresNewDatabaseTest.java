package dev.tandem.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.index.IndexDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A database that holds nothing yet, not even pgvector. */
@EnabledIf(value = TestServer.IS_THERE, disabledReason = TestServer.NONE)
class PostgresNewDatabaseTest {
    private static final String NAME =
            "tandem_test_new_" + ProcessHandle.current().pid();
    private static final int WORKSPACES = 8;

    @BeforeEach
    void create() throws SQLException {
        administer("create database " + NAME);
    }

    @AfterEach
    void drop() throws SQLException {
        administer("drop database if exists " + NAME + " with (force)");
    }

    @Test
    void workspacesThatStartInItAtOnceAllWrite() throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(WORKSPACES);
        var workspaces = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < WORKSPACES; i++) {
            var schema = "workspace" + i;
            workspaces.add(() -> {
                start.await();
                try (var index = open(schema)) {
                    try (var writing = index.write()) {
                        writing.commit(new IndexDescription("encoder", 3, "splitting"));
                    }
                    try (var snapshot = index.snapshot()) {
                        return snapshot.description().dimension();
                    }
                }
            });
        }
        try (var threads = Executors.newFixedThreadPool(WORKSPACES)) {
            for (var workspace : threads.invokeAll(workspaces)) {
                assertThat(workspace.get()).isEqualTo(3);
            }
        }
    }

    private static PostgresPassageIndex open(String schema) {
        var url = TestServer.address().replaceFirst("(//[^/]*/)[^?]*", "$1" + NAME);
        return PostgresPassageIndex.open(url, Optional.empty(), TestServer.password(), schema);
    }

    private static void administer(String statement) throws SQLException {
        try (var connections = new Connections(TestServer.address(), Optional.empty(), TestServer.password());
                var connection = connections.open()) {
            Sql.of(statement).run(connection);
        }
    }
}
