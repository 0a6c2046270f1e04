package dev.driftledger.web;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses query parameters that an address does not take, and those that are given twice, so that
/// a misspelt filter is an error and not a longer list.
final class KnownParameters {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo resource) {
        Set<String> names =
                known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::of);
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> {
                    if (!names.contains(name)) {
                        throw Refusal.unknownParameter(
                                name, names.isEmpty() ? "none" : String.join(", ", names));
                    }
                    if (values.size() > 1) {
                        throw Refusal.malformed(
                                name, "given once; ask once for each of its values");
                    }
                });
    }

    /// The names of a resource method's query parameters, those of its parameter objects included.
    static Set<String> of(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                names.add(query.value());
            }
            for (Field field : parameter.getType().getDeclaredFields()) {
                QueryParam inner = field.getAnnotation(QueryParam.class);
                if (inner != null) {
                    names.add(inner.value());
                }
            }
        }
        return names;
    }
}
