Feature: Greetings

Scenario: *** Greet somebody ***

    Given URL path "/greetings/en/Ada"
    Given REST method "GET"

    When the URL is invoked

    Then status is "200"
    And path "/greeting" is "Hello, Ada!"

Scenario: *** A language without a greeting ***

    Given URL path "/greetings/fr/Ada"
    Given REST method "GET"

    When the URL is invoked

    Then status is "404"
    And path "/code" is "not_found"
    And path "/detail" is "No greeting in 'fr' yet"
