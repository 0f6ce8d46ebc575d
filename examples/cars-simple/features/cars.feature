Feature: Cars under ids that clients choose

  Background:
    Given format "JSON"
    And header "Accept" "*/*"

  Scenario: A first car
    Given URL path "/cars/"
    And REST method "POST"
    And request is "{"id": 101, "model": "Honda", "color": "White"}"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "text/json; charset=utf-8"

  Scenario: A second car, twice
    Given URL path "/cars/"
    And REST method "POST"
    And request is "{"id": 102, "model": "Ford", "color": "Black"}"
    When the URL is invoked
    Then status is "200"
    When the URL is invoked
    Then status is "200"

  Scenario Outline: The list is there with and without a slash
    Given URL path "<path>"
    When the URL is invoked
    Then status is "200"
    And path "$[?@.id == 101].model" is "Honda"
    And path "$[?@.id == 102].model" is "Ford"

    Examples:
      | path   |
      | /cars  |
      | /cars/ |

  Scenario: One car
    Given URL path "/cars/102"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{"id": 102, "model": "Ford", "color": "Black"}"

  Scenario: A car that is not there is an empty object
    Given URL path "/cars/999"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{}"

  Scenario: A car changes
    Given URL path "/cars/102"
    And REST method "PUT"
    And request is "{"id": 102, "model": "New Ford", "color": "New Black"}"
    When the URL is invoked
    Then status is "200"
    Given REST method "GET"
    When the URL is invoked
    Then path "/model" is "New Ford"
    And path "/color" is "New Black"

  Scenario: A car goes
    Given URL path "/cars/102"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "200"
    Given REST method "GET"
    When the URL is invoked
    Then JSON response is equal to "{}"

  Scenario Outline: <method> of <path> makes no sense
    Given URL path "<path>"
    And REST method "<method>"
    And request is "{"id": 7, "model": "Fiat", "color": "Blue"}"
    When the URL is invoked
    Then status is "400"

    Examples:
      | method | path    |
      | POST   | /cars/1 |
      | PUT    | /cars   |
      | DELETE | /cars   |

  Scenario: A method that there is not
    Given URL path "/cars/1"
    And REST method "PATCH"
    And request is "{}"
    When the URL is invoked
    Then status is "405"
    And header "Allow" contains "GET"
    And header "Allow" contains "PUT"

  Scenario: An id that is no number
    Given URL path "/cars/abc"
    When the URL is invoked
    Then status is "404"
