package dev.driftledger.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/// Adds to the description of every operation how it is refused, which no method's type tells, and
/// takes out what the library of problems describes and nothing answers.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {
    private static final String PROBLEM = "HttpProblem";
    private static final List<String> UNUSED = List.of("HttpValidationProblem", "Violation");

    /// Called by the framework.
    public ProblemResponses() {}

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        UNUSED.forEach(components::removeSchema);
        components.addResponse(
                "Malformed", problem("A parameter is not known, malformed or given twice"));
        components.addResponse(
                "NotRecorded", problem("Nothing was recorded about it up to that moment"));
        components.addResponse("Unavailable", problem("A part that the answer needs is away"));
        if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths().getPathItems().values().stream()
                    .flatMap(item -> item.getOperations().values().stream())
                    .forEach(ProblemResponses::addTo);
        }
    }

    private static void addTo(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse("400", reference("Malformed"))
                .addAPIResponse("404", reference("NotRecorded"))
                .addAPIResponse("503", reference("Unavailable"));
    }

    private static APIResponse problem(String description) {
        Schema schema = OASFactory.createSchema().ref(PROBLEM);
        return OASFactory.createAPIResponse()
                .description(description)
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        "application/problem+json",
                                        OASFactory.createMediaType().schema(schema)));
    }

    private static APIResponse reference(String name) {
        return OASFactory.createAPIResponse().ref(name);
    }
}
