package dev.tandem.server.http;

import dev.tandem.server.access.Role;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way into the server.
 *
 * @param path with parameters in braces, {@code /v1/models/{model}}; in angle brackets where they may hold slashes
 * @param role what a key must be for; empty where nobody needs one
 * @param group the heading that documentation has it under
 * @param summary what it does, in a line
 * @param parameters in path and query
 * @param request what it takes, if it takes a body
 * @param replies what it gives, by status and media type
 */
public record Endpoint(
        HandlerType method,
        String path,
        Optional<Role> role,
        String group,
        String summary,
        List<Parameter> parameters,
        Optional<Body> request,
        List<Reply> replies,
        Handler handler) {
    public Endpoint {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
    }

    /**
     * A parameter in path or query.
     *
     * @param type as JSON Schema has them: string, integer, number, boolean
     */
    public record Parameter(String name, boolean inPath, String type, String description) {}

    /** A body. */
    public record Body(String mediaType, Type type) {}

    /** What comes back. */
    public record Reply(int status, String mediaType, Type type) {}

    public static Builder get(String path) {
        return new Builder(HandlerType.GET, path);
    }

    public static Builder post(String path) {
        return new Builder(HandlerType.POST, path);
    }

    public static Builder put(String path) {
        return new Builder(HandlerType.PUT, path);
    }

    public static Builder patch(String path) {
        return new Builder(HandlerType.PATCH, path);
    }

    public static Builder delete(String path) {
        return new Builder(HandlerType.DELETE, path);
    }

    /** Puts an endpoint together, in the order in which one reads it. */
    public static final class Builder {
        /** A body of bytes, as an upload. */
        public static final String ANY = "application/octet-stream";

        private static final String JSON = "application/json";
        private static final String EVENTS = "text/event-stream";

        private final HandlerType method;
        private final String path;
        private Optional<Role> role = Optional.empty();
        private String group = "";
        private String summary = "";
        private final List<Parameter> parameters = new ArrayList<>();
        private Optional<Body> request = Optional.empty();
        private final List<Reply> replies = new ArrayList<>();

        private Builder(HandlerType method, String path) {
            this.method = method;
            this.path = path;
        }

        /** Who may; nobody is asked for a key without it. */
        public Builder needs(Role least) {
            role = Optional.of(least);
            return this;
        }

        public Builder does(String heading, String line) {
            group = heading;
            summary = line;
            return this;
        }

        public Builder inPath(String name, String description) {
            parameters.add(new Parameter(name, true, "string", description));
            return this;
        }

        /**
         * A parameter in the query.
         *
         * @param type as JSON Schema has them
         */
        public Builder inQuery(String name, String type, String description) {
            parameters.add(new Parameter(name, false, type, description));
            return this;
        }

        /** JSON, of a record's shape. */
        public Builder takes(Type type) {
            return takes(JSON, type);
        }

        public Builder takes(String mediaType, Type type) {
            request = Optional.of(new Body(mediaType, type));
            return this;
        }

        /** JSON, of a record's shape. */
        public Builder gives(Type type) {
            return gives(200, JSON, type);
        }

        public Builder gives(int status, String mediaType, Type type) {
            replies.add(new Reply(status, mediaType, type));
            return this;
        }

        /** Server-sent events, each with JSON of a record's shape. */
        public Builder streams(Type type) {
            return gives(200, EVENTS, type);
        }

        public Endpoint by(Handler handler) {
            return new Endpoint(method, path, role, group, summary, parameters, request, replies, handler);
        }
    }
}
